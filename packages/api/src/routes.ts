import type { Route } from './http/route.ts'
import { fileRoutes } from './routes/files.ts'
import { healthRoutes } from './routes/health.ts'
import { hookRoutes } from './routes/hooks.ts'
import { restRoutes } from './routes/rest.ts'
import { samlRoutes } from './routes/saml.ts'
import { sessionRoutes } from './routes/session.ts'
import { trpcRoutes } from './routes/trpc.ts'

/** Every HTTP route there is: one line for each surface. The first that fits answers. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...fileRoutes,
  ...sessionRoutes,
  ...samlRoutes,
  ...restRoutes,
  ...hookRoutes,
  ...trpcRoutes,
]
