// A process that puts files until it is killed: `keep-putting.ts <folder> endless|"in turn" <key>`
import { Readable } from 'node:stream'
import { diskStorage } from '../index.ts'

const [, , directory = '', how = '', key = ''] = process.argv
const storage = diskStorage({ directory })

function* endless() {
  for (let count = 1; ; count += 1) {
    yield Buffer.alloc(1000)
    // By then some of it is on the disk.
    if (count === 5_000) process.send?.('putting')
  }
}

async function inTurn(): Promise<void> {
  for (;;) {
    for (const letter of ['a', 'b', 'c']) {
      const content = Buffer.alloc(100_000 + letter.charCodeAt(0), letter)
      await storage.put(key, Readable.from([content]), { type: 'audio/mpeg', name: letter })
      process.send?.('put')
    }
  }
}

if (how === 'endless') await storage.put(key, Readable.from(endless()), { type: 'audio/mpeg' })
else await inTurn()
