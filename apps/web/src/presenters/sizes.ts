/** The size of a file to download, as `48 MB` or `640 kB`. */
export function fileSize(bytes: number): string {
  return bytes >= 1_000_000
    ? `${Math.round(bytes / 1_000_000)} MB`
    : `${Math.max(1, Math.round(bytes / 1_000))} kB`
}
