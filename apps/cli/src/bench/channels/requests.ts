import { type Subject } from './subjects.ts'

/** What a server process is asked while it runs. */
export type ServerRequest =
  | { readonly do: 'memory' }
  | { readonly do: 'broadcast'; readonly text: string }
  | { readonly do: 'usage' }

export interface Memory {
  readonly rss: number
  readonly heap: number
}

export interface Usage {
  /** Of the processor, in milliseconds since the process began. */
  readonly busyMs: number
  readonly diffs: number
}

export interface BroadcastAt {
  /** By the clock of the machine, which all its processes have in common. */
  readonly at: number
}

/** What a process full of clients is asked. */
export type ClientRequest =
  | {
      readonly do: 'connect'
      readonly port: number
      readonly dialect: Subject | 'presence'
      readonly count: number
    }
  | { readonly do: 'join' }
  /** Until so many texts have come since they joined, all clients together. */
  | { readonly do: 'hear'; readonly texts: number }
  | { readonly do: 'echo'; readonly seconds: number }
  | { readonly do: 'told' }

export interface HeardAt {
  /** When the last client had it, by the clock of the machine. */
  readonly at: number
}

export interface Echoed {
  readonly trips: number
  readonly seconds: number
}
