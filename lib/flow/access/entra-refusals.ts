/**
 * Advice by the error number of Microsoft Entra ID (learn.microsoft.com/entra/identity-platform/reference-error-codes). Its texts name people and apps, so they
 * are not repeated.
 */
export const ENTRA_REFUSALS: Readonly<Record<string, string>> = {
  AADSTS50011:
    'add FLOWLENS_PUBLIC_URL with /api/auth/callback behind it, to the letter, to the redirect URIs (Web) of the app registration',
  AADSTS500112: 'the redirect URI changed during the sign-in: keep FLOWLENS_PUBLIC_URL the same on every instance, and sign in again',
  AADSTS50012: 'upload the certificate of AZURE_CLIENT_CERTIFICATE_PATH to the app registration, or correct its federated credential',
  AADSTS50013: 'the assertion is not accepted: correct the federated credential of the app registration, and the clock of this server',
  AADSTS50020: 'this account is of another tenant: sign in with an account of this one, or have it invited as a guest',
  AADSTS50034: 'there is no such account in this tenant: sign in with another one, or correct AZURE_TENANT_ID',
  AADSTS50053: 'the account is locked after wrong passwords, or its address is blocked: wait, or have an administrator unlock it',
  AADSTS50055: 'the password has ended: change it at Microsoft, and sign in again',
  AADSTS50057: 'the account is disabled: have an administrator enable it, or sign in with another one',
  AADSTS50058: 'nobody is signed in at Microsoft in this browser: sign in again, with cookies of Microsoft allowed',
  AADSTS50059: 'the tenant is not known from the request: set AZURE_TENANT_ID to the id of the directory',
  AADSTS50074: 'a second factor is asked for: sign in again and confirm it',
  AADSTS50076: 'a policy asks for a second factor: sign in again and confirm it',
  AADSTS50078: 'the second factor was confirmed too long ago: sign in again and confirm it',
  AADSTS50079: 'a policy asks for a second factor that is not set up: sign in again and set it up',
  AADSTS50105:
    'the account is not assigned to the app: assign it under Enterprise applications, Users and groups, or switch off Assignment required',
  AADSTS50126: 'the name or the password is wrong: sign in again',
  AADSTS50128: 'the domain names no tenant: set AZURE_TENANT_ID to the id of the directory',
  AADSTS50131:
    'a policy of Conditional Access refused this device, place or app: sign in from one that it allows, or have an administrator change it',
  AADSTS50132: 'the session was revoked or the password changed: sign in again',
  AADSTS50133: 'the session ended because the password was changed or reset: sign in again',
  AADSTS50158: 'a policy asks for a proof at another service: sign in again and give it',
  AADSTS50173: 'the grant was revoked, as after a new password: sign in again',
  AADSTS501481: 'the code belongs to another sign-in: sign in again in one window',
  AADSTS51004: 'there is no such account in this directory: sign in with another one, or have it invited as a guest',
  AADSTS53000: 'a policy asks for a compliant device: sign in from a device that your administration manages',
  AADSTS53001: 'a policy asks for a domain-joined device: sign in from such a device',
  AADSTS53002: 'a policy does not let this browser in: sign in with one that it allows',
  AADSTS53003:
    'a policy of Conditional Access blocks this sign-in: have an administrator exempt this app, place or device, and see the sign-in log for which policy it was',
  AADSTS53004: 'the second factor has to be set up from a place that is trusted: sign in from there',
  AADSTS54005: 'the code was used before: sign in again, and do not reload the page that comes back',
  AADSTS65001:
    'nobody consented: have an administrator grant consent to Azure Storage, user_impersonation (API permissions of the app registration)',
  AADSTS65004: 'consent was declined: sign in again and accept, or have an administrator grant it',
  AADSTS650052: 'the tenant has no service principal for what is asked: have an administrator grant consent to the app registration',
  AADSTS650056: 'the app registration asks for no such permission: add Azure Storage, user_impersonation, and grant admin consent',
  AADSTS650057: 'the app registration asks for no such permission: add Azure Storage, delegated, user_impersonation to its API permissions',
  AADSTS70000: 'the grant is not valid any more: sign in again',
  AADSTS70001: 'the app is not known in this tenant: correct AZURE_CLIENT_ID or AZURE_TENANT_ID',
  AADSTS70008: 'the code or the token has ended because it was not used: sign in again',
  AADSTS70011: 'the scope is not valid: keep FLOWLENS_AUTHORITY to the cloud that the storage account is in',
  AADSTS70021: 'no federated credential fits the token: its issuer, subject and audience have to be those of AZURE_FEDERATED_TOKEN_FILE',
  AADSTS700016: 'the app is not known in this tenant: correct AZURE_CLIENT_ID or AZURE_TENANT_ID',
  AADSTS700024: "the assertion is not valid now: set this server's clock",
  AADSTS700027:
    'the certificate of AZURE_CLIENT_CERTIFICATE_PATH is not the one of the app registration, or has ended: upload the present one',
  AADSTS700051: 'the app registration does not allow this kind of answer: register its platform as Web',
  AADSTS700082: 'the refresh token has ended because nobody used it for 90 days: sign in again',
  AADSTS700084: 'the refresh token of a single-page app ended after a day: register the platform of the app as Web',
  AADSTS7000112: 'the app is disabled in this tenant: enable it under Enterprise applications, Properties',
  AADSTS7000215:
    'AZURE_CLIENT_SECRET is not the value of a secret of the app registration (its id does not do): put the value there, or make a new secret',
  AADSTS7000218:
    'the app shows no secret: set AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE, and register its platform as Web',
  AADSTS7000222: 'the client secret has ended: make a new one in the app registration and put it into AZURE_CLIENT_SECRET',
  AADSTS70043: 'the session ended by a policy of sign-in frequency: sign in again',
  AADSTS75011: 'another way of signing in is asked for: sign out at Microsoft, and sign in again',
  AADSTS80012: 'the account may sign in at certain hours only: sign in within them',
  AADSTS90002: 'there is no such tenant: correct AZURE_TENANT_ID, or FLOWLENS_AUTHORITY where the tenant is in another cloud',
  AADSTS90009:
    'the app asks for a token for itself: keep AZURE_CLIENT_ID to the app registration, and add Azure Storage to its API permissions',
  AADSTS90013: 'the request was not understood: correct AZURE_TENANT_ID and AZURE_CLIENT_ID',
  AADSTS90019: 'the tenant is not known from the request: set AZURE_TENANT_ID to the id of the directory',
  AADSTS90033: 'Microsoft Entra ID is busy for a moment: sign in again later',
  AADSTS90055: 'too many requests were sent: wait some minutes, and sign in again',
  AADSTS90072: 'this account of another tenant is no guest of this one: have it invited, or sign in with an account of this tenant',
  AADSTS90094: 'an administrator has to consent: have one grant admin consent to the permissions of the app registration',
  AADSTS90099: 'the app was not consented to in this tenant: have an administrator grant admin consent',
  AADSTS900023: 'AZURE_TENANT_ID is no tenant: set it to the id of the directory',
  AADSTS900382: 'a cloud is asked that is not the one of the app: correct FLOWLENS_AUTHORITY',
  AADSTS900971: 'the app registration has no redirect URI: add FLOWLENS_PUBLIC_URL with /api/auth/callback behind it (Web)',
  AADSTS9002326: 'the redirect URI is registered for a single-page app: register it for the platform Web',
  AADSTS9002327: 'the redirect URI is registered for a single-page app: register it for the platform Web',
}

/** Returns Entra's error number in `text`, such as `AADSTS65001`; null if it has none. */
export function entraNumber(text: string): string | null {
  return /AADSTS\d{3,9}/.exec(text)?.[0] ?? null
}

/** Returns the advice for a number; null for an unlisted number. */
export function entraAdvice(number: string | null): string | null {
  return number !== null && Object.hasOwn(ENTRA_REFUSALS, number) ? ENTRA_REFUSALS[number]! : null
}
