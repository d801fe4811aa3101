/** Message to an address; times are ISO 8601 UTC. */
export interface Message {
  /** The same in every retry. */
  id: string
  watch: { id: string; title: string }
  sentence: string
  /** Null if a filter found it. */
  level: string | null
  first: string
  last: string
  tuples: number
  bytes: number
  q: string
  from: string
  to: string
  /** Time at which the alert was made. */
  found: string
  /** Link to its tuples: a URL, or a path if this server does not know its own address. */
  link: string
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping; this also prevents rule names from mentioning people. */
function slackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function headOf({ watch, level }: Message): string {
  return level === null ? watch.title : `${watch.title} (${level})`
}

function isUrl(link: string): boolean {
  return link.startsWith('http')
}

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: plain text, which Slack does not parse, except the link. */
function slack(message: Message): object {
  const link = isUrl(message.link)
    ? [{ type: 'section', text: { type: 'mrkdwn', text: `<${slackText(message.link).replaceAll('|', '%7C')}|Show its tuples>` } }]
    : []
  const plain = (text: string) => ({ type: 'plain_text', text: text.slice(0, 3000), emoji: false })
  return {
    text: slackText(`${headOf(message)}: ${message.sentence}`),
    blocks: [
      { type: 'header', text: { ...plain(headOf(message).slice(0, 150)) } },
      { type: 'section', text: plain(message.sentence) },
      ...link,
    ],
  }
}

/** https://learn.microsoft.com/power-automate/create-adaptive-cards: text runs, which Teams does not parse as Markdown. */
function teams(message: Message): object {
  const run = (text: string, weight: 'Bolder' | 'Default') => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, weight }] })
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [run(headOf(message), 'Bolder'), run(message.sentence, 'Default')],
          ...(isUrl(message.link) ? { actions: [{ type: 'Action.OpenUrl', title: 'Show its tuples', url: message.link }] } : {}),
        },
      },
    ],
  }
}

const BODIES = { json: (message: Message): object => ({ type: 'flowlens.alert', ...message }), slack, teams } as const

export type BodyKind = keyof typeof BODIES

/** Returns the body of a message to an address of this kind, as JSON. */
export function bodyOf(kind: BodyKind, message: Message): string {
  return JSON.stringify(BODIES[kind](message))
}
