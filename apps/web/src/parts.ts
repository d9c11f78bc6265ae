import { type Repo } from '@showrunner/data'
import { type Sandboxes } from '@showrunner/data/sandboxes'
import { type GithubApp } from '@showrunner/github'
import { type PubSub } from '@showrunner/pubsub'
import { type SlackApp } from '@showrunner/slack'
import { type Live } from '@showrunner/live'
import { type Storage } from '@showrunner/storage'
import { type FastifyServerOptions } from 'fastify'
import { type Assets } from './assets/assets.ts'
import { type ReceivingStaging } from './uploads/staging.ts'

/** What the site is built from. Only the command line touches the world; tests hand in parts of their own. */
export interface Parts {
  readonly repo: Repo
  /** The address visitors see, without a slash at the end: `https://podcasts.example`. */
  readonly publicUrl: string
  /** What is behind `/uploads/`. */
  readonly storage: Storage
  /** Where bytes lie that are being uploaded. */
  readonly staging: ReceivingStaging
  /** Where everybody gets the files of the storage by themselves, without a slash at the end; we only lead there. */
  readonly storagePublicUrl?: string
  readonly assets: Assets
  /** How the nodes of the site hear each other. */
  readonly pubsub: PubSub
  /** Why the site cannot answer yet, one sentence each; nothing when it can. */
  readonly ready: () => Promise<readonly string[]>
  readonly clock?: () => Date
  readonly logger?: Exclude<FastifyServerOptions['logger'], boolean | undefined>
  /** Reads the views again for every page. */
  readonly development?: boolean
  /** Whether mails are kept, to be read at `/dev/mailbox` on this machine, instead of sent. Never in production. */
  readonly keepsMail?: boolean
  /** Lets people sign in by GitHub's word. */
  readonly github?: GithubApp
  /** Where somebody becomes a member, in full. */
  readonly membershipUrl?: string
  /** What Memberful signs its events with: the present secret, and the one before it. */
  readonly memberfulSecrets?: readonly string[]
  /** With what the site calls itself from outside; tests hand in their own. */
  readonly fetch?: typeof fetch
  /** What Slack signs its events with. */
  readonly slackSigningSecret?: string | undefined
  /** The app in Slack, where there is a token of one. */
  readonly slack?: SlackApp | undefined
  /** Keeps pages until what they show changes. Without it each is made whenever it is asked for. */
  readonly live?: Live
  /** For tests only: how many pages a sitemap lists before it is cut into several. */
  readonly urlsPerSitemap?: number
  /** For tests only: does the jobs that wait in the sandbox of the calling code, and names them. */
  readonly performWaiting?: () => Promise<readonly string[]>
  /** For tests only: where `repo` is that of these, each request is answered from the sandbox it names. */
  readonly sandboxes?: Sandboxes
}
