import { securityHeaders } from './security-headers.ts'

/** What web and console share in next.config.ts. */
export const nextDefaults = {
  output: 'standalone' as const,
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  /** Checked by `npm run check`, for the whole repository at once. */
  typescript: { ignoreBuildErrors: true },
  transpilePackages: [
    '@parley/adapters',
    '@parley/api',
    '@parley/db',
    '@parley/domain',
    '@parley/protocol',
    '@parley/sync',
    '@parley/ui',
  ],
  /** Native code, or libraries that load files by path: Node takes them from node_modules. */
  serverExternalPackages: [
    '@node-rs/argon2',
    '@node-saml/node-saml',
    '@prisma/adapter-pg',
    '@prisma/client',
    'bullmq',
    'firebase-admin',
    'ioredis',
    'minio',
    'nodemailer',
    'pg',
    'sharp',
  ],
  headers: async () => [
    { source: '/:path*', headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })) },
  ],
}
