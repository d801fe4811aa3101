const DOCS = 'https://learn.microsoft.com/azure/network-watcher'

const NEVER = [
  {
    what: 'Traffic at a private endpoint',
    why: 'Only the NIC of the virtual machine that calls a private endpoint records it. Calls from elsewhere, such as on-premises, are in no flow log.',
  },
  {
    what: 'App Service and Functions without VNet integration',
    why: 'Their outbound traffic leaves from addresses of the platform and crosses no virtual network, so no flow log sees it.',
  },
  { what: 'ICMP', why: 'A ping is in no flow log. NSG flow logs leave out ESP and AH (IPsec) as well.' },
  {
    what: 'What the flow log was told to leave out',
    why: 'A VNet flow log may be set to record only some addresses, ports or flow states. Its blobs do not say so: the settings of the flow log do.',
  },
  {
    what: 'Single packets and what they contain',
    why: 'A row sums up a flow: addresses, ports, verdict and counters. NSG version 1 has no counters, and begin and denied rows count no bytes.',
  },
  {
    what: 'What Azure failed to write',
    why: 'Microsoft warns that logging may fail for virtual machines with very heavy traffic. A blob does not tell a lost row from traffic that never was.',
  },
] as const

const PAGES = [
  { name: 'VNet flow logs', path: 'vnet-flow-logs-overview' },
  { name: 'NSG flow logs', path: 'nsg-flow-logs-overview' },
  { name: 'Filtering of VNet flow logs', path: 'vnet-flow-logs-filtering' },
  { name: 'Questions and answers', path: 'frequently-asked-questions' },
] as const

/** Traffic that no answer can contain, because Azure does not log it, with links to Microsoft's pages. */
export function NeverLogged() {
  return (
    <div className="w-104 max-w-full">
      <dl className="flex flex-col gap-2">
        {NEVER.map(({ what, why }) => (
          <div key={what}>
            <dt className="font-medium">{what}</dt>
            <dd className="text-label text-muted">{why}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 flex flex-wrap gap-x-3 border-t border-line pt-2 text-label">
        <span className="text-muted">Microsoft’s documentation:</span>
        {PAGES.map(({ name, path }) => (
          <a
            key={path}
            href={`${DOCS}/${path}`}
            target="_blank"
            rel="noreferrer"
            className="hit rounded-sm text-accent underline underline-offset-3"
          >
            {name}
          </a>
        ))}
      </p>
    </div>
  )
}
