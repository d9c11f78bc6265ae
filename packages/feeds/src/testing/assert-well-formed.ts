import { SaxesParser } from 'saxes'

/** Read by a strict parser that knows namespaces. @throws what it says, with the line. */
export function assertWellFormed(xml: string): void {
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
}
