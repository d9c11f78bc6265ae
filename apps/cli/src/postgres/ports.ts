import { createServer } from 'node:net'
import { errorCode } from '../errors.ts'

/** True when nothing listens there. Only a hint: somebody may be faster. */
export async function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') resolve(false)
      // A machine without IPv6 has nobody listening on it.
      else if (errorCode(error) === 'EADDRNOTAVAIL' || errorCode(error) === 'EAFNOSUPPORT')
        resolve(true)
      else reject(error)
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
