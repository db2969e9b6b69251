// Plain enough for a very old Node to read: it only says that it is too old. Everything else is in start.ts.
var version = process.versions.node.split('.').map(Number)
var runsTypeScript = version[0] >= 24 || (version[0] === 22 && version[1] >= 18)

if (runsTypeScript) {
  import('./start.ts')
} else {
  console.error(
    'Parley needs Node 24, or 22 from 22.18 on, and this is ' +
      process.version +
      ': install one from https://nodejs.org, then start again.',
  )
  process.exitCode = 1
}
