/** Services that analysts know by name, by port (IANA Service Name and Transport Protocol Port Number Registry, and common use). */
const SERVICES: Readonly<Record<number, string>> = {
  20: 'ftp-data',
  21: 'ftp',
  22: 'ssh',
  23: 'telnet',
  25: 'smtp',
  53: 'dns',
  67: 'dhcp',
  68: 'dhcp',
  80: 'http',
  88: 'kerberos',
  110: 'pop3',
  123: 'ntp',
  135: 'msrpc',
  137: 'netbios',
  138: 'netbios',
  139: 'netbios',
  143: 'imap',
  161: 'snmp',
  389: 'ldap',
  443: 'https',
  445: 'smb',
  465: 'smtps',
  514: 'syslog',
  587: 'submission',
  636: 'ldaps',
  853: 'dns-tls',
  993: 'imaps',
  995: 'pop3s',
  1433: 'mssql',
  1521: 'oracle',
  2049: 'nfs',
  2375: 'docker',
  3306: 'mysql',
  3389: 'rdp',
  5060: 'sip',
  5432: 'postgres',
  5900: 'vnc',
  5985: 'winrm',
  5986: 'winrm',
  6379: 'redis',
  6443: 'kubernetes',
  8080: 'http-alt',
  8443: 'https-alt',
  9200: 'elastic',
  11211: 'memcached',
  27017: 'mongodb',
}

/** The usual service of a port, or null. */
export function serviceName(port: number): string | null {
  return SERVICES[port] ?? null
}

const portsByName = new Map<string, number[]>()
for (const [port, name] of Object.entries(SERVICES)) portsByName.set(name, [...(portsByName.get(name) ?? []), Number(port)])

/** Returns the ports of the service with that name; none for any other word. */
export function portsOf(name: string): readonly number[] {
  return portsByName.get(name.toLowerCase()) ?? []
}
