/** People, and what they do. */
export const people = {
  roles: { host: 'Host', guest: 'Guest', words: 'Words' } as Readonly<Record<string, string>>,
  hosts: 'Hosts',
  makes: 'Makes',
  asHost: 'As host',
  asGuest: 'As guest',
  credits: 'In the credits',
}
