import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { z } from 'zod'
import { COMMANDS } from './commands/index.ts'
import { readEnv } from './env.ts'
import { ROOT } from './root.ts'
import { findRoutes } from './site/routes.ts'
import { uploadsIn } from './site/storage.ts'

// Nothing here can run the containers, so what they are told is held against the code that reads it.

const Service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
})
type Service = z.infer<typeof Service>

const Compose = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.null()),
})

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const compose = Compose.parse(parse(withDefaults(read('docker-compose.yml')), { merge: true }))
const services = Object.entries(compose.services)
const ours = services.filter(([, { build }]) => build !== undefined)
const web = ours.filter(([, { command }]) => command?.[0] === 'start')
const dockerfile = read('Dockerfile')
const caddyfile = read('Caddyfile')

/** As docker compose reads it where nobody has set anything: `${NAME:-default}` is the default. */
function withDefaults(text: string): string {
  return text.replace(/\$\{\w+:-([^}]*)\}/g, '$1')
}

function service(name: string): Service {
  const found = compose.services[name]
  assert.ok(found, `no service "${name}"`)
  return found
}

function instructions(name: string): string[] {
  const lines = dockerfile.replaceAll('\\\n', ' ').split('\n')
  return lines
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => line.slice(name.length + 1))
}

describe('docker-compose.yml', () => {
  it('runs two web nodes that leave the jobs to one worker, by commands that exist', async () => {
    assert.deepEqual(
      ours.map(([, { command }]) => command?.join(' ')),
      ['start --no-worker', 'start --no-worker', 'worker'],
    )
    for (const [, { command = [] }] of ours) {
      const [name = '', ...flags] = command
      const help = (await COMMANDS[name]?.load())?.command.help(name) ?? ''
      assert.ok(help.includes(`showrunner ${name}`), name)
      for (const flag of flags) assert.ok(help.includes(flag), flag)
    }
  })

  it('sets only variables that the program knows, to values it takes', () => {
    for (const [name, { environment }] of ours) {
      const unread = Object.keys(environment).filter((key) => !(key in readEnv(environment)))
      assert.deepEqual(unread, [], name)
    }
  })

  it('names its neighbours by services that are there, at the ports they listen on', () => {
    for (const [, { environment, depends_on: needs }] of ours) {
      const hosts = ['DATABASE_URL', 'NATS_URL', 'SMTP_URL'].map(
        (name) => new URL(environment[name] ?? '').host,
      )
      assert.deepEqual(hosts, ['postgres:5432', 'nats:4222', 'mail:1025'])
      assert.deepEqual(Object.keys(needs), ['postgres', 'nats', 'mail'])
    }
    for (const [name, { depends_on: needs }] of services) {
      for (const [needed, { condition }] of Object.entries(needs)) {
        const checked = service(needed).healthcheck !== undefined
        assert.ok(checked || condition === 'service_started', `${name} waits for ${needed}`)
      }
    }
  })

  it('uses the database, role and password that PostgreSQL is made with', () => {
    const { environment } = service('postgres')
    for (const [, { environment: ourEnvironment }] of ours) {
      const { username, password, pathname } = new URL(ourEnvironment['DATABASE_URL'] ?? '')
      assert.deepEqual(
        { username, password, database: pathname.slice(1) },
        {
          username: environment['POSTGRES_USER'],
          password: environment['POSTGRES_PASSWORD'],
          database: environment['POSTGRES_DB'],
        },
      )
    }
  })

  it('proxies to every web node, at the port it listens on', () => {
    const upstreams = /reverse_proxy ([^{\n]+)/.exec(caddyfile)?.[1]?.trim().split(/\s+/)
    const listening = web.map(([name, { environment }]) => `${name}:${environment['PORT']}`)
    assert.deepEqual(upstreams, listening)

    const { ports, volumes } = service('proxy')
    const publicUrl = new URL(web[0]?.[1].environment['PUBLIC_URL'] ?? '')
    assert.deepEqual(ports, [`${publicUrl.port}:80`])
    assert.match(caddyfile, /^:80 \{$/m)
    assert.deepEqual(volumes, ['./Caddyfile:/etc/caddy/Caddyfile:ro'])
  })

  it('asks for the health of its own at addresses that answer', async () => {
    const paths = (await findRoutes()).map(({ path }) => path)
    const asked = [...web.map(([, one]) => one), service('proxy')].map(healthAddress)

    for (const { pathname } of asked) assert.ok(paths.includes(pathname), pathname)
    for (const [index, [, { environment }]] of web.entries()) {
      assert.equal(asked[index]?.port, environment['PORT'])
    }
    assert.ok(paths.includes(/health_uri (\S+)/.exec(caddyfile)?.[1] ?? ''))
  })

  it('pins every image to a version', () => {
    const foreign = services.filter(([, { build }]) => build === undefined)
    for (const [, { image }] of foreign) assert.match(image, /^[\w/]+:v?\d+/)
    assert.equal(service('postgres').image, 'postgres:18')
  })

  it('keeps what must stay in volumes that are declared', () => {
    const named = services
      .flatMap(([, { volumes }]) => volumes)
      .filter((one) => !one.startsWith('.'))
    const names = named.map((one) => one.split(':')[0])
    assert.deepEqual(new Set(names), new Set(Object.keys(compose.volumes)))

    for (const [, { environment, volumes }] of ours) {
      assert.deepEqual(volumes, [
        `uploads:${uploadsIn({ DATA_DIR: environment['DATA_DIR'] ?? '' })}`,
      ])
    }
    assert.deepEqual(service('postgres').volumes, ['database:/var/lib/postgresql'])
  })
})

function healthAddress({ healthcheck }: Service): URL {
  const address = /http:\/\/[^\s']+/.exec(healthcheck?.test.join(' ') ?? '')?.[0]
  assert.ok(address, 'no health check asks an address')
  return new URL(address)
}

describe('Dockerfile', () => {
  const sources = instructions('COPY').flatMap((line) => line.split(/\s+/).slice(0, -1))

  it('copies files that are there, and the manifest of every workspace', () => {
    for (const source of sources) assert.ok(existsSync(join(ROOT, source)), source)
    const manifests = globSync('{apps,packages}/*/package.json', { cwd: ROOT })
    assert.deepEqual(
      sources.filter((source) => /^(apps|packages)\/.*package\.json$/.test(source)).toSorted(),
      manifests.toSorted(),
    )
  })

  it('copies nothing that .dockerignore leaves out', () => {
    const ignored = read('.dockerignore').split('\n')
    assert.deepEqual(
      sources.filter((source) => ignored.includes(source)),
      [],
    )
  })

  it('runs the command of this project, on the Node it is written for, and not as root', () => {
    assert.match(instructions('FROM').at(-1) ?? '', /^node:24-/)
    assert.equal(instructions('USER').at(-1), 'node')
    const [node, file] = JSON.parse(instructions('ENTRYPOINT')[0] ?? '[]') as string[]
    const [command] = JSON.parse(instructions('CMD')[0] ?? '[]') as string[]
    assert.equal(node, 'node')
    assert.ok(existsSync(join(ROOT, file ?? '')), file)
    assert.ok(command && command in COMMANDS, command)
  })

  it('sets variables that the program knows, and exposes the port among them', () => {
    const given = instructions('ENV').flatMap((line) => line.split(/\s+/))
    const environment = Object.fromEntries(given.map((one) => one.split('=', 2)))
    const env = readEnv(environment)

    assert.deepEqual(
      Object.keys(environment).filter((name) => !(name in env)),
      [],
    )
    assert.deepEqual(instructions('EXPOSE'), [String(env.PORT)])
    assert.match(dockerfile, new RegExp(`mkdir -p ${uploadsIn(env)}`))
  })
})
