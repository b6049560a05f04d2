import { useLingui } from "@lingui/react";
import { Trans, useLingui as useMacro } from "@lingui/react/macro";
import { TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { Link } from "react-router";

import { messageOf } from "@/lib/api/client";
import { classes } from "@/lib/classes";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { FormError } from "@/ui/field";
import { Icon } from "@/ui/icon";

import { KeepHere } from "./keep-here";
import { LobbyDevices } from "./lobby-devices";
import { LobbyPreview } from "./lobby-preview";
import { type LobbyRole, useRoleSentence } from "./lobby-role";
import { useLobby } from "./use-lobby";

interface Props {
  /** What one is about to enter. */
  title: ReactNode;
  role: LobbyRole | null;
  /** The choice waits in media-choice.ts when this is called; CallProvider takes it. */
  onEnter: () => void;
  /** To the page that tests the connection, with the way back here. */
  check: string;
  /** Asked before entering, e.g. whether a name is there; false: not yet. */
  mayEnter?: () => boolean;
  /** Entering is on its way. */
  busy?: boolean;
  /** Why entering was refused. */
  error?: unknown;
  /** Above the buttons, e.g. one's name. */
  children?: ReactNode;
}

/** In front of the room: try camera and microphone, then enter with or without them. */
export function Lobby({ title, role, onEnter, check, mayEnter = () => true, busy = false, error, children }: Props) {
  const { _ } = useLingui();
  const { t } = useMacro();
  const lobby = useLobby();
  const [pressed, setPressed] = useState<"with" | "without" | null>(null);
  const roleSentence = useRoleSentence();
  const watches = role === "observer";
  const problems = Object.values(lobby.problems);

  const takeBack = useEffectEvent(() => lobby.takeBack());
  useEffect(() => {
    if (error) takeBack();
  }, [error]);

  const enter = (how: "with" | "without") => {
    if (!mayEnter()) return;
    setPressed(how);
    lobby.handOver(how === "with");
    onEnter();
  };
  const enterWith = async () => {
    setPressed("with");
    const { inputs, problems: found } = await lobby.open();
    // What could not be had is said first; pressing again enters with the rest.
    const news = Object.keys(found).length > problems.length;
    if (!news && (inputs.microphone ?? inputs.camera)) enter("with");
    else setPressed(null);
  };

  return (
    <div
      className={classes(
        "m-auto grid w-full gap-x-8 gap-y-4 px-4 py-5 sm:py-10",
        watches ? "max-w-md" : "max-w-4xl md:grid-cols-[1.25fr_1fr] md:grid-rows-[1fr_auto_auto_1fr]",
      )}
      data-testid="lobby"
    >
      <div className={watches ? undefined : "md:col-start-2 md:row-start-2"}>
        <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
        {role && <p className="quiet mt-1">{roleSentence(role)}</p>}
      </div>
      {!watches && (
        <Card className="self-center overflow-hidden md:col-start-1 md:row-span-4 md:row-start-1">
          <LobbyPreview lobby={lobby} />
          <LobbyDevices lobby={lobby} />
        </Card>
      )}
      <div className={watches ? undefined : "md:col-start-2 md:row-start-3"}>
        <div className="flex flex-col gap-3">
          {children}
          <KeepHere />
          {problems.map((problem) => (
            <p key={problem.id} role="alert" data-testid="lobby-problem" className="flex items-start gap-2 rounded-field bg-warning/14 px-3 py-2 text-sm">
              <Icon of={TriangleAlert} className="mt-0.5" />
              {_(problem)}
            </p>
          ))}
          <FormError message={error ? messageOf(error) : undefined} />
          {watches ? (
            <Button look="primary" size="l" busy={busy} onClick={() => enter("without")} data-testid="join-without">
              <Trans>Join</Trans>
            </Button>
          ) : (
            <>
              <Button
                look="primary"
                size="l"
                data-testid="join-with"
                busy={pressed === "with" && (lobby.opening || busy)}
                disabled={!lobby.on.microphone && !lobby.on.camera}
                onClick={() => void enterWith()}
              >
                <WithWhat lobby={lobby} />
              </Button>
              <Button busy={busy && pressed === "without"} onClick={() => enter("without")} data-testid="join-without" aria-label={t`Join without camera and microphone`}>
                <Trans>Join without</Trans>
              </Button>
              <Link to={check} className="quiet mt-1 self-center rounded-field text-sm underline underline-offset-2">
                <Trans>Test your connection</Trans>
              </Link>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

/** The button says what will be switched on. */
function WithWhat({ lobby }: { lobby: ReturnType<typeof useLobby> }) {
  const { on, problems } = lobby;
  const microphone = on.microphone && !problems.microphone;
  const camera = on.camera && !problems.camera;
  if (camera && !microphone) return <Trans>Join with camera</Trans>;
  if (microphone && !camera) return <Trans>Join with microphone</Trans>;
  return <Trans>Join with camera and microphone</Trans>;
}
