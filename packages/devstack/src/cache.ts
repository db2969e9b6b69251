import { homedir, tmpdir, userInfo } from 'node:os'
import path from 'node:path'

/**
 * Where fetched and unpacked server binaries are kept between runs. It lies outside the checkout, so that a clean
 * clone finds them again. `PARLEY_CACHE` overrides it. Root gets a folder that unprivileged accounts can read.
 */
export function cacheFolder(): string {
  const { PARLEY_CACHE, XDG_CACHE_HOME } = process.env
  if (PARLEY_CACHE) return path.resolve(PARLEY_CACHE)
  if (process.getuid?.() === 0) return '/var/cache/parley'
  if (XDG_CACHE_HOME) return path.join(XDG_CACHE_HOME, 'parley')
  const home = homedir()
  if (home === '/' || home === '/nonexistent') return path.join(tmpdir(), `parley-${userInfo().uid}`)
  return path.join(home, process.platform === 'darwin' ? 'Library/Caches/parley' : '.cache/parley')
}
