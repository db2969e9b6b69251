import type { Operation } from '../open-api/operation.ts'

/** The request as one would try it in a shell. */
export function curl(server: string, path: string, method: string, operation: Operation): string {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)
  const asked = operation.parameters.filter((p) => p.example !== undefined)
  const query = asked.map((p) => `${p.name}=${encodeURIComponent(String(p.example))}`).join('&')
  const body = operation.requestBody?.content['application/json'].example
  return [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"${server}${address}${query && `?${query}`}"`,
    '-H "Authorization: Bearer $PARLEY_TOKEN"',
    ...(operation.parameters.some((p) => p.in === 'header') ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body === undefined
      ? []
      : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`]),
  ].join(' \\\n  ')
}
