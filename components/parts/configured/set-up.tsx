import { CodeLine } from '@/components/ui/code-line'
import { WhatItIs } from './what-it-is'

/** Instructions for a server without sources. */
export function SetUp() {
  return (
    <div className="mx-auto flex w-full max-w-180 flex-col gap-5 px-4 py-10 sm:py-16">
      <header>
        <h1 className="text-figure font-semibold tracking-tight">No source is configured</h1>
        <WhatItIs className="mt-1 text-title text-muted" />
        <p className="mt-1 text-title text-muted">
          It reads them where they are stored. Configure a source and start it again, or try sample data first.
        </p>
      </header>
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">Look around</h2>
        <CodeLine>npm run demo</CodeLine>
        <p className="text-muted">Starts a storage emulator with a day of sample traffic and one incident to find.</p>
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">A folder of evidence</h2>
        <CodeLine>FLOWLENS_SOURCES=/evidence/insights-logs npm start</CodeLine>
        <p className="text-muted">The tree as it was in the account, or loose PT1H.json files.</p>
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">A storage account</h2>
        <CodeLine>FLOWLENS_SOURCES='https://ACCOUNT.blob.core.windows.net?SAS' npm start</CodeLine>
        <CodeLine>AZURE_STORAGE_CONNECTION_STRING='…' npm start</CodeLine>
        <p className="text-muted">Permission to read and list is enough. Separate several places by spaces.</p>
      </section>
    </div>
  )
}
