import { redirect } from 'next/navigation'
import { PAGES } from '../features/shell/navigation.ts'

/** The console begins with the first page that everybody in it may see. */
export default function Home() {
  redirect(PAGES[0].path)
}
