import type { Route } from './route.ts'

/** The parameters of a path that the pattern fits; null when it does not. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  const rest = wanted.at(-1) === '*'
  if (rest ? given.length < wanted.length : given.length !== wanted.length) return null
  const params: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    if (rest && i === wanted.length - 1) break
    if (part.startsWith(':')) params[part.slice(1)] = given[i]!
    else if (part !== given[i]) return null
  }
  return params
}

/** The route for a request, the first that fits. */
export function find(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | null {
  for (const route of routes) {
    if (route.method !== method) continue
    const params = match(route.path, path)
    if (params) return { route, params }
  }
  return null
}

/** The methods that something at this path is asked with, beside a browser's own OPTIONS. */
export const methodsAt = (routes: readonly Route[], path: string): string[] => [
  ...new Set(
    routes.filter((one) => one.method !== 'OPTIONS' && match(one.path, path)).map((one) => one.method),
  ),
]
