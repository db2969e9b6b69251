import { toast } from '@parley/ui'

/** Puts an invitation's link on the clipboard. */
export async function copyLink(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link)
    toast({ title: 'The link is on the clipboard' })
  } catch (error) {
    // Refused where the page is not secure or the browser was told so: the link itself is shown to be copied by hand.
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error
    toast({ title: 'Copy this link', detail: link, duration: 60_000 })
  }
}
