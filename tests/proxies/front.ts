import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Child, spawnChild } from '@parley/devstack'

const operations = path.join(import.meta.dirname, '../../docs/operations')

export const PROXIES = {
  haproxy: { file: 'haproxy.cfg', args: (file: string) => ['-db', '-f', file] },
  nginx: { file: 'nginx.conf', args: (file: string) => ['-c', file, '-e', 'stderr', '-g', 'daemon off;'] },
} as const
export type ProxyName = keyof typeof PROXIES
/** Debian keeps both where only root looks. */
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`

export const isInstalled = (proxy: ProxyName): boolean =>
  spawnSync(proxy, ['-v'], { env: { ...process.env, PATH } }).status === 0

/** Runs a proxy with the file that we publish. @param ports by the one that the file names, 80 among them */
export async function startProxy(proxy: ProxyName, ports: Record<number, number>) {
  const home = mkdtempSync(path.join(tmpdir(), `parley-${proxy}-`))
  mkdirSync(path.join(home, 'nginx'))
  const { file, args } = PROXIES[proxy]
  let text = readFileSync(path.join(operations, file), 'utf8')
  for (const [named, port] of Object.entries(ports)) {
    const before = text
    text = text
      .replaceAll(`127.0.0.1:${named}`, `127.0.0.1:${port}`)
      .replaceAll(`bind *:${named}\n`, `bind 127.0.0.1:${port}\n`)
      .replace(new RegExp(`listen ${named}(?=[ ;])`, 'g'), `listen 127.0.0.1:${port}`)
    if (text === before) throw new Error(`${file} names no port ${named}`)
  }
  text = text.replaceAll('/run/nginx.pid', `${home}/nginx.pid`).replaceAll('/var/lib/nginx', `${home}/nginx`)
  const config = path.join(home, file)
  writeFileSync(config, text)
  const child: Child = spawnChild({
    name: proxy,
    command: proxy,
    args: args(config),
    env: { ...process.env, PATH },
    stopWith: [['SIGTERM', 5_000]],
  })
  return {
    child,
    async stop() {
      await child.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
