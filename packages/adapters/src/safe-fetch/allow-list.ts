import { BlockList, isIP } from 'node:net'

export type AllowList = {
  /** By the name that was asked for, with or without its port. */
  host(hostname: string, port: number): boolean
  /** By the address that it leads to. */
  address(address: string): boolean
}

/**
 * PARLEY_OUTBOUND_ALLOW: hosts (`idp.intranet`), hosts with a port (`127.0.0.1:8080`) and networks (`10.1.0.0/16`) of
 * the organisation's own that may be reached although they are not public.
 * @throws Error for an entry that is a network and cannot be read as one
 */
export function allowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>()
  const nets = new BlockList()
  for (const entry of entries) {
    const [net = '', bits] = entry.split('/')
    if (bits === undefined) {
      hosts.add(entry.toLowerCase())
      continue
    }
    const version = isIP(net)
    if (version === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128))
      throw new Error('PARLEY_OUTBOUND_ALLOW holds something that is no network such as 10.1.0.0/16')
    nets.addSubnet(net, Number(bits), version === 4 ? 'ipv4' : 'ipv6')
  }
  return {
    host: (hostname, port) => hosts.has(hostname) || hosts.has(`${hostname}:${port}`),
    address: (address) => nets.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'),
  }
}
