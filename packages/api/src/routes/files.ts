import { downloadFile, type FileUrl, fileThumbnail } from '@parley/domain/files/index'
import { type Route, route } from '../http/route.ts'

/** Nothing on the way may keep where it led: the next who asks may be somebody else. */
const redirect = ({ url }: FileUrl): Response =>
  new Response(null, { status: 302, headers: { location: url, 'cache-control': 'no-store' } })

/** Addresses of files that stay, for `<img src>` and links: each time anew it is asked whether one may. */
export const fileRoutes: Route[] = [
  route({ method: 'GET', path: '/api/files/:file' }, downloadFile, {
    input: ({ params, url }) => ({ file: params.file, inline: !url.searchParams.has('download') }),
    answer: redirect,
  }),
  route({ method: 'GET', path: '/api/files/:file/thumbnail' }, fileThumbnail, {
    input: ({ params }) => ({ file: params.file }),
    answer: redirect,
  }),
]
