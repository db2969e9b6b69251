/**
 * Why a sign-in through an identity provider led back to the sign-in page, by the word in its address. `failed`: it was
 * not judged at all.
 */
export const SIGN_ON_REFUSALS = {
  expired: 'The sign-in took too long, or was begun in another browser. Begin again.',
  refused:
    'What the identity provider sent is not valid here. Begin again; if it stays so, tell your administrator.',
  used: 'This sign-in was used already. Begin again.',
  deactivated: 'This account is deactivated. Ask your administrator.',
  no_account: 'Your identity provider may not sign you in to this account. Ask your administrator.',
  failed: 'Signing in through the identity provider did not work. Begin again in a moment.',
} as const satisfies Record<string, string>

export type SignOnReason = keyof typeof SIGN_ON_REFUSALS
