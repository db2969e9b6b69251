/**
 * Who may import whom. Imports go down only: apps → api → domain → db → protocol. A package that is missing here is a
 * violation in itself: whoever adds one decides its place.
 */
export const ROOMS: Record<string, { workspaces: readonly string[]; packages?: readonly string[] }> = {
  'packages/protocol': { workspaces: [], packages: ['zod'] },
  'packages/db': { workspaces: ['protocol'] },
  'packages/domain': { workspaces: ['db', 'protocol'], packages: ['zod', '@node-rs/argon2', 'node:*'] },
  'packages/adapters': { workspaces: ['domain', 'db', 'protocol'] },
  'packages/api': { workspaces: ['domain', 'db', 'protocol'] },
  'packages/sync': { workspaces: ['protocol'], packages: [] },
  'packages/ui': { workspaces: [] },
  'packages/devstack': { workspaces: [] },
  'apps/web': { workspaces: ['api', 'domain', 'db', 'protocol', 'sync', 'ui', 'adapters'] },
  'apps/console': { workspaces: ['api', 'domain', 'db', 'protocol', 'ui', 'adapters'] },
  'apps/realtime': { workspaces: ['domain', 'db', 'protocol', 'adapters'] },
  'apps/worker': { workspaces: ['domain', 'db', 'protocol', 'adapters'] },
}

/** Packages from outside that have one door into the house. Tests and tools may use them to look from outside. */
export const WALLS: readonly { packages: readonly string[]; doors: readonly string[]; reason: string }[] = [
  {
    packages: ['prisma', '@prisma/*', 'pg', 'postgres'],
    doors: ['packages/db'],
    reason: 'only packages/db speaks to PostgreSQL',
  },
  {
    packages: [
      ...[
        'ioredis',
        'redis',
        'bullmq',
        'minio',
        '@aws-sdk/*',
        'nodemailer',
        'sharp',
        'file-type',
        'cockatiel',
      ],
      ...['firebase-admin', 'web-push', '@node-saml/*', '@xmldom/xmldom', 'openid-client', 'ldapts'],
    ],
    doors: ['packages/adapters'],
    reason: 'only packages/adapters imports vendor SDKs',
  },
  {
    packages: ['next', 'next/*', 'react', 'react/*', 'react-dom', 'react-dom/*'],
    doors: ['apps/web', 'apps/console', 'packages/ui'],
    reason: 'only the two web apps and their components render',
  },
  { packages: ['ws'], doors: ['apps/realtime'], reason: 'only apps/realtime serves sockets' },
  {
    packages: ['@parley/devstack', '@parley/devstack/*'],
    doors: [],
    reason: 'devstack is for development and tests, never for production code',
  },
]

/** Fewer imports between workspaces than this, and the check is looking at the wrong folder. */
export const FEWEST_EDGES = 60
