'use client'
import { setNonce } from 'get-nonce'
import { Direction } from 'radix-ui'
import { type ComponentType, type ReactNode, useInsertionEffect, useMemo } from 'react'
import { cspNonce } from './csp-nonce.ts'
import { useFocusWatch } from './focus-return.ts'
import { LinkContext, type LinkProps } from './link.tsx'
import { ToasterWhenNeeded } from './toaster-when-needed.tsx'
import { TooltipLayer } from './tooltip-layer.tsx'
import { UiLocaleContext } from './ui-locale.ts'
import { englishText, type UiText, UiTextContext } from './ui-text.ts'

export type UiProviderProps = {
  /** The router's link component, so that navigation stays in the page. */
  link?: ComponentType<LinkProps>
  direction?: 'ltr' | 'rtl'
  /** BCP 47 tag and IANA zone; both default to the browser's. */
  locale?: string
  timeZone?: string
  text?: UiText
  children: ReactNode
}

/** What every component expects around it: link, direction, language, tooltips, toasts. Once per application. */
export function UiProvider({
  link,
  direction = 'ltr',
  locale,
  timeZone,
  text = englishText,
  children,
}: UiProviderProps) {
  // Layers lock scrolling with a style element of their own, which the policy wants named.
  useInsertionEffect(() => {
    const nonce = cspNonce()
    if (nonce) setNonce(nonce)
  }, [])
  useFocusWatch()
  const where = useMemo(() => ({ locale, timeZone }), [locale, timeZone])
  return (
    <Direction.Provider dir={direction}>
      <LinkContext value={link ?? 'a'}>
        <UiLocaleContext value={where}>
          <UiTextContext value={text}>
            {children}
            <ToasterWhenNeeded />
            <TooltipLayer />
          </UiTextContext>
        </UiLocaleContext>
      </LinkContext>
    </Direction.Provider>
  )
}
