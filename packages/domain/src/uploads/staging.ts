/** Where bytes lie until a job has looked at them, by the id of their upload. Nobody can read them from outside. */
export interface Staging {
  /** The file of an upload on this machine, copied into the folder where it lies elsewhere; undefined where it is gone. */
  readonly fetch: (id: number, folder: string) => Promise<string | undefined>
  /** How many bytes of it have arrived; undefined where there is nothing. */
  readonly arrived: (id: number) => Promise<number | undefined>
  /** What holds nothing is fine already. */
  readonly remove: (id: number) => Promise<void>
  /** Lends a folder to work in, with room for large files. It is empty, and gone afterwards. */
  readonly withFolder: <T>(work: (folder: string) => Promise<T>) => Promise<T>
  /** Removes folders that were lent before then, and whose borrower died. */
  readonly removeForgottenFolders: (before: Date) => Promise<void>
}
