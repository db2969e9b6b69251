import type { RequestListener } from 'node:http'

/** In place of Next.js: every page is missing. */
const next = () => ({
  prepare: async () => {},
  getRequestHandler: (): RequestListener => (_, response) => void response.writeHead(404).end(),
  close: async () => {},
})
export default next
