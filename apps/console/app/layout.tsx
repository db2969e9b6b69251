import './globals.css'
import logo from '@parley/ui/logo.svg'
import logoTouch from '@parley/ui/logo-192.png'
import { themeAttribute, themeCookie } from '@parley/ui/shell/theme'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from './providers.tsx'

export const metadata: Metadata = {
  title: { default: 'Parley console', template: '%s · Parley console' },
  description: 'Administration and audit of Parley.',
  applicationName: 'Parley',
  icons: { icon: logo.src, apple: logoTouch.src },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f8f9' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1315' },
  ],
}

/** Reads the theme from its cookie, so that the first paint has it; that also makes every page dynamic, as nonces need. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeAttribute((await cookies()).get(themeCookie)?.value)
  const webClient = (process.env.PARLEY_WEB_URL ?? '').replace(/\/$/, '')
  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <body>
        <Providers webClient={webClient}>{children}</Providers>
      </body>
    </html>
  )
}
