/**
 * The answers that a message can be given, as `chat/model.py` has them. Drawn as pictures of our own: not every machine has
 * a font with emoji in it, and a picture has a name that can be read out.
 */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Check, CircleQuestionMark, Eye, HandHeart, Laugh, Lightbulb, type LucideIcon, PartyPopper, Rocket, Sparkles, ThumbsDown, ThumbsUp, X } from "lucide-react";

export interface Answer {
  /** What is stored and sent. */
  emoji: string;
  icon: LucideIcon;
  name: MessageDescriptor;
}

export const ANSWERS: readonly Answer[] = [
  { emoji: "👍", icon: ThumbsUp, name: msg`Thumbs up` },
  { emoji: "👎", icon: ThumbsDown, name: msg`Thumbs down` },
  { emoji: "😄", icon: Laugh, name: msg`Laughing` },
  { emoji: "🎉", icon: PartyPopper, name: msg`Hooray` },
  { emoji: "🤔", icon: CircleQuestionMark, name: msg`I wonder` },
  { emoji: "👀", icon: Eye, name: msg`I am looking` },
  { emoji: "🙏", icon: HandHeart, name: msg`Thanks` },
  { emoji: "✅", icon: Check, name: msg`Done` },
  { emoji: "❌", icon: X, name: msg`No` },
  { emoji: "🚀", icon: Rocket, name: msg`Off we go` },
  { emoji: "😮", icon: Sparkles, name: msg`Wow` },
  { emoji: "💡", icon: Lightbulb, name: msg`An idea` },
];

export const answerOf = (emoji: string): Answer | undefined => ANSWERS.find((one) => one.emoji === emoji);
