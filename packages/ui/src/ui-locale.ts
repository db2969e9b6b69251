import { createContext, use } from 'react'

/** Undefined means the browser's own. */
export type UiLocale = { locale: string | undefined; timeZone: string | undefined }

export const UiLocaleContext = createContext<UiLocale>({ locale: undefined, timeZone: undefined })

export function useUiLocale(): UiLocale {
  return use(UiLocaleContext)
}
