import { openProxy } from './proxy.ts'

/** The proxy that the project `polling` stands behind, on the port that playwright.config.ts chose. */
export default async function startProxy(): Promise<() => Promise<void>> {
  const proxy = await openProxy('refused', Number(process.env.PARLEY_PROXY_PORT))
  return () => proxy.close()
}
