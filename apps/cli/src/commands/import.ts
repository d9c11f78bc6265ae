import { resolve } from 'node:path'
import * as importing from '@showrunner/domain/import'
import { type Repo } from '@showrunner/data'
import { FeedError } from '@showrunner/feeds'
import { addresses } from '@showrunner/web'
import { defineCommand } from '../command.ts'
import { type Env } from '../env.ts'
import { CommandError, UsageError } from '../errors.ts'
import { print, tell } from '../output.ts'
import { publicUrlOf } from '../site/serve.ts'
import { withRepo } from '../site/prepare.ts'
import { stepsOn } from '../site/steps.ts'
import { attachedText, eventPrinter, summaryText } from '../import-report.ts'

const OPTIONS = {
  slug: { type: 'string', value: '<name>', about: 'the address of a podcast that is new here' },
  into: { type: 'string', value: '<name>', about: 'the podcast it is, when its feed has moved' },
  transcripts: {
    type: 'string',
    value: '<folder>',
    about: 'attach transcripts laid out as <podcast>/<name>-<episode>.md',
  },
  notes: { type: 'string', value: '<folder>', about: 'attach show notes laid out the same way' },
  'no-documents': {
    type: 'boolean',
    about: 'leave the chapters and transcripts that the feed links to',
  },
  'allow-private': {
    type: 'boolean',
    about: 'also fetch from this machine and its network',
  },
} as const

export const command = defineCommand({
  usage: '[<address or file of a feed>] [--transcripts <folder>] [--notes <folder>]',
  about:
    'Reads a podcast’s feed and stores everything it says. Run again, it updates what changed and adds what is new. ' +
    'A feed that cannot be read changes nothing.',
  options: OPTIONS,
  words: [0, 1],
  examples: [
    ['showrunner import https://example.com/feed.xml', 'a show, from its address'],
    ['showrunner import feed.xml --slug my-show', 'from a file, at /my-show'],
    ['showrunner import --transcripts words --notes notes', 'for episodes that are there already'],
  ],
  async run({ env, values, positionals: [feed] }) {
    const { transcripts, notes } = values
    if (feed === undefined && transcripts === undefined && notes === undefined) {
      throw new UsageError(
        'Import what? Give the address or the file of a feed. See: showrunner import --help',
      )
    }
    const source = feed === undefined ? undefined : sourceOf(feed)
    const steps = stepsOn((text) => process.stderr.write(text))
    return withRepo(env, steps, async (repo) => {
      await explaining(async () => {
        if (source !== undefined) await importFeed(repo, source, env, values)
        if (transcripts !== undefined) await attach(repo, 'transcripts', transcripts)
        if (notes !== undefined) await attach(repo, 'notes', notes)
      })
      return 0
    })
  },
})

interface FeedOptions {
  readonly slug?: string | undefined
  readonly into?: string | undefined
  readonly 'no-documents'?: boolean | undefined
  readonly 'allow-private'?: boolean | undefined
}

async function importFeed(
  repo: Repo,
  source: Source,
  env: Env,
  options: FeedOptions,
): Promise<void> {
  const publicUrl = publicUrlOf(env, env.PORT)
  const summary = await importing.importPodcast(repo, source, {
    asOf: new Date(),
    slug: options.slug,
    into: options.into,
    fetchDocuments: !options['no-documents'],
    allowPrivate: options['allow-private'] ?? false,
    personPage: (handle) => publicUrl + addresses.person(handle),
    onEvent: eventPrinter(tell),
  })
  print(summaryText(summary))
}

type Source = { readonly url: string } | { readonly file: string }

function sourceOf(feed: string): Source {
  if (/^https?:/i.test(feed)) return { url: feed }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(feed)) return { file: resolve(feed) }
  throw new UsageError(
    `"${feed}" cannot be fetched; expected an address with http or https, or a file.`,
  )
}

const ATTACH = { transcripts: importing.importTranscripts, notes: importing.importNotes }

async function attach(repo: Repo, what: 'transcripts' | 'notes', folder: string): Promise<void> {
  const summary = await ATTACH[what](repo, resolve(folder), { onEvent: eventPrinter(tell) })
  print(attachedText(what, summary))
}

async function explaining(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof FeedError) && !(error instanceof importing.ImportError)) throw error
    const isPrivate = error instanceof FeedError && error.code === 'private-address'
    const hint = isPrivate ? '. If you trust it: --allow-private' : ''
    throw new CommandError(`Nothing was imported: ${error.message}${hint}`)
  }
}
