import type { PrismaConfig } from 'prisma'

/** Read by the Prisma command line only (`npm run prisma -- …`): the running product applies migrations by itself. */
export default {
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:1/set-DATABASE_URL' },
} satisfies PrismaConfig
