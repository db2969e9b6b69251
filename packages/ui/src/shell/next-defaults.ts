import { securityHeaders } from './security-headers.ts'

/** What web and console share in next.config.ts. */
export const nextDefaults = {
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  /** Checked by `npm run check`, for the whole repository at once. */
  typescript: { ignoreBuildErrors: true },
  /** The API stands beside Next.js (main.ts): of it only what is made for browsers is bundled. */
  transpilePackages: ['@parley/api', '@parley/protocol', '@parley/sync', '@parley/ui'],
  headers: async () => [
    { source: '/:path*', headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })) },
  ],
}
