import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CannotStart, findMinio, unpackDebianPackages } from '@parley/devstack'
import { findRedis } from '@parley/devstack/redis/find-redis'

/** What the tests need beside npm's packages. What is null cannot be had here. */
export type Needs = { redis: string | null; chromium: Chromium | null; minio: string | null }
export type Chromium = { path: string; env: Record<string, string> }

/** Debian's names. The fonts are for the screenshots: emoji, Chinese, Japanese and Korean. */
const CHROMIUM_PACKAGES = ['chromium', 'fonts-liberation', 'fonts-noto-color-emoji', 'fonts-noto-cjk']
const REDIS_PACKAGES = ['redis-server']

/**
 * The system's own programs where they are; else, on Debian and its relatives, their packages: installed by root,
 * unpacked into the cache by anybody else.
 */
export function gather(): Needs {
  return { redis: redis(), chromium: chromium(), minio: findMinio() }
}

function redis(): string | null {
  if (!onPath('redis-server') && !onPath('valkey-server')) installAsRoot(REDIS_PACKAGES)
  try {
    return findRedis().command
  } catch (error) {
    if (error instanceof CannotStart) return null
    throw error
  }
}

function chromium(): Chromium | null {
  const found = systemChromium()
  if (found) return found
  installAsRoot(CHROMIUM_PACKAGES)
  return systemChromium() ?? unpackedChromium()
}

function systemChromium(): Chromium | null {
  const named = process.env.PARLEY_CHROMIUM
  if (named) return { path: named, env: {} }
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const found = onPath(name)
    if (found) return { path: found, env: {} }
  }
  const applications = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ]
  const application = applications.find((file) => existsSync(file))
  return application ? { path: application, env: {} } : null
}

/** Debian's wrapper at usr/bin/chromium looks for /usr/lib: the program itself is called. */
function unpackedChromium(): Chromium | null {
  const unpacked = unpackDebianPackages(CHROMIUM_PACKAGES)
  if (!unpacked) return null
  const program = path.join(unpacked.folder, 'usr/lib/chromium/chromium')
  if (!existsSync(program)) return null
  return { path: program, env: { ...unpacked.env, FONTCONFIG_FILE: describeFonts(unpacked.folder) } }
}

/** Fonts lie where the system's own description of them does not look. */
function describeFonts(folder: string): string {
  const file = path.join(folder, 'fonts.conf')
  const places = [path.join(folder, 'usr/share/fonts'), '/usr/share/fonts'].map(
    (place) => `<dir>${place}</dir>`,
  )
  writeFileSync(
    file,
    `<fontconfig>${places.join('')}<cachedir>${folder}/font-cache</cachedir></fontconfig>\n`,
  )
  return file
}

function onPath(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null
}

function installAsRoot(packages: readonly string[]): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const apt = (args: string[]) =>
    spawnSync('apt-get', ['-q', ...args], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  const install = ['install', '-y', '--no-install-recommends', ...packages]
  if (!apt(install)) apt(['update']) && apt(install)
}
