const FINAL_TEXT = 0x81
const MASKED = 0x80
const IN_16_BITS = 126

/**
 * A text as it goes over a WebSocket. What a client sends has to be masked: here with zeros, which leave it as it is, so that
 * clients spend nothing on it.
 */
export function textFrame(text: string, { masked }: { readonly masked: boolean }): Buffer {
  const data = Buffer.from(text)
  if (data.length > 65_535) throw new Error(`${data.length} bytes are too many for a bench`)
  const mask = masked ? MASKED : 0
  const head =
    data.length < IN_16_BITS
      ? [FINAL_TEXT, mask | data.length]
      : [FINAL_TEXT, mask | IN_16_BITS, data.length >> 8, data.length & 255]
  return Buffer.concat([Buffer.from(head), Buffer.alloc(masked ? 4 : 0), data])
}
