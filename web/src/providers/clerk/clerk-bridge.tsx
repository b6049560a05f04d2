/**
 * Clerk in this browser, loaded only where its key is set. Its own script and pages come from the host that the key names.
 * What the rest of the app knows of it is an `ExternalSession`.
 */
import { ClerkProvider, useAuth, useClerk } from "@clerk/react";
import { useEffect } from "react";

import { setExternalSession } from "@/lib/external-session";

/** After so long without an answer of Clerk's host the app goes on without: guests and passwords work all the same. */
const PATIENCE_MS = 8_000;

interface Props {
  publishableKey: string;
  /** Somebody signed in or out over there: ask the server anew who we are. */
  onChange: () => void;
}

export default function ClerkBridge({ publishableKey, onChange }: Props) {
  return (
    <ClerkProvider publishableKey={publishableKey} telemetry={false}>
      <Session onChange={onChange} />
    </ClerkProvider>
  );
}

function Session({ onChange }: { onChange: () => void }) {
  const { isLoaded, userId, getToken } = useAuth();
  const clerk = useClerk();

  useEffect(() => {
    if (isLoaded) return;
    const late = setTimeout(() => setExternalSession(null), PATIENCE_MS);
    return () => clearTimeout(late);
  }, [isLoaded]);

  useEffect(() => {
    if (!isLoaded) return;
    setExternalSession({
      token: () => getToken(),
      signIn: (next) => clerk.openSignIn({ forceRedirectUrl: next, signUpForceRedirectUrl: next }),
      signOut: () => clerk.signOut(),
    });
    onChange();
  }, [isLoaded, userId, getToken, clerk, onChange]);

  return null;
}
