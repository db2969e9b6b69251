import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** The part of a Google service account's key file that signing in to FCM takes. */
const zServiceAccount = z
  .object({
    type: z.literal('service_account'),
    project_id: z.string().min(1),
    client_email: z.string().min(1),
    private_key: z.string().includes('PRIVATE KEY'),
  })
  .transform((key) => ({
    projectId: key.project_id,
    clientEmail: key.client_email,
    privateKey: key.private_key,
  }))
export type ServiceAccount = z.output<typeof zServiceAccount>

/** FCM_SERVICE_ACCOUNT: the key file's JSON itself, or the path of that file. */
export function readServiceAccount(value: string, context: z.RefinementCtx): ServiceAccount {
  const refuse = (message: string): never => {
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  let text = value
  if (!value.trimStart().startsWith('{')) {
    try {
      text = readFileSync(value, 'utf8')
    } catch {
      return refuse('is neither JSON nor the path of a file that can be read')
    }
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refuse('does not hold valid JSON: it takes the key file of a Google service account as it is')
  }
  const parsed = zServiceAccount.safeParse(json)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') || 'type'
  return refuse(`is not the key file of a Google service account: its "${field}" is missing or wrong`)
}
