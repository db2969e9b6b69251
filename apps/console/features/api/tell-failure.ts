import { toast } from '@parley/ui'
import { readError } from './read-error.ts'

/** For acts whose place on the screen has no room for words. */
export function tellFailure(error: unknown): void {
  toast({ tone: 'danger', title: readError(error).says })
}
