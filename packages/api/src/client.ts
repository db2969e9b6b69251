/** For browsers: types only, nothing of this reaches a bundle. */
export type { AppRouter } from './routers/index.ts'
export type { TrpcErrorData } from './trpc.ts'
