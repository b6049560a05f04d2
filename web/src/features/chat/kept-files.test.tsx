import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { renderPage } from "@/lib/testing/render-page";

import type { Attachment } from "./api";
import { Attachments } from "./attachments";
import { KeptFilesContext } from "./kept-files";

const HOSTILE = "<img src=x onerror=alert(1)>.html";
const FILE: Attachment = { id: "f1", name: HOSTILE, mediaType: "application/octet-stream", size: 2_000, width: null, height: null };
const PICTURE: Attachment = { id: "f2", name: "board.png", mediaType: "image/webp", size: 9_000, width: 1600, height: 800 };
const GONE: Attachment = { ...PICTURE, id: "f3", name: "gone.png" };

test("files that lie in the page are shown and saved from there, and nobody is asked for them", async () => {
  const saved: string[] = [];
  const kept = { has: ({ id }: Attachment) => id !== "f3", picture: ({ id }: Attachment) => `data:image/webp;base64,${id}`, save: ({ id }: Attachment) => void saved.push(id) };
  const { user } = renderPage(
    <KeptFilesContext value={kept}>
      <Attachments sessionId="s-1" attachments={[FILE, PICTURE, GONE]} />
    </KeptFilesContext>,
  );
  const picture = within(screen.getByRole("button", { name: "Picture board.png, save it" })).getByRole<HTMLImageElement>("img");
  expect(picture.getAttribute("src")).toBe("data:image/webp;base64,f2");
  expect(document.querySelectorAll("img")).toHaveLength(1);
  expect(document.querySelector("a")).toBeNull();
  await user.click(screen.getByRole("button", { name: `Save ${HOSTILE}, 2 kB` }));
  await user.click(picture);
  expect(saved).toEqual(["f1", "f2"]);
  expect(screen.getByTestId("chat-file-missing").textContent).toBe("gone.png9 kBnot kept");
});
