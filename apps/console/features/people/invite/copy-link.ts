import { toast } from '@parley/ui'
import { copyText } from '../../list/copy-text.ts'

/** Puts an invitation's link on the clipboard; where that is refused, shows it to be copied by hand. */
export async function copyLink(link: string): Promise<void> {
  if (await copyText(link)) toast({ title: 'The link is on the clipboard' })
  else toast({ title: 'Copy this link', detail: link, duration: 60_000 })
}
