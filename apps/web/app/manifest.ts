import logo from '@parley/ui/logo.svg'
import logo192 from '@parley/ui/logo-192.png'
import logo512 from '@parley/ui/logo-512.png'
import type { MetadataRoute } from 'next'

/** Makes the client installable (W3C Web Application Manifest). */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'Parley',
    short_name: 'Parley',
    description: 'Messages for your organisation, on your own servers.',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#f6f8f9',
    categories: ['business', 'productivity', 'social'],
    icons: [
      { src: logo.src, type: 'image/svg+xml', sizes: 'any' },
      { src: logo192.src, type: 'image/png', sizes: '192x192' },
      { src: logo512.src, type: 'image/png', sizes: '512x512' },
      { src: logo512.src, type: 'image/png', sizes: '512x512', purpose: 'maskable' },
    ],
  }
}
