import { securityHeaders } from './security-headers.ts'

/** What web and console share in next.config.ts. */
export const nextDefaults = {
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  /** Checked by `npm run check`, for the whole repository at once. */
  typescript: { ignoreBuildErrors: true },
  /** The API stands beside Next.js (main.ts), so that nothing of it is bundled. */
  transpilePackages: ['@parley/protocol', '@parley/sync', '@parley/ui'],
  headers: async () => [
    { source: '/:path*', headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })) },
  ],
}
