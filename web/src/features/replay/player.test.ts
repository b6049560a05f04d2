import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Player } from "./player";
import { grace, Scribe } from "./testing";

beforeEach(() => vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame", "performance"] }));
afterEach(() => vi.useRealTimers());

function player(): Player {
  const scribe = new Scribe().seed();
  for (let count = 0; count < 20; count++) {
    scribe.at += 500;
    scribe.by(grace.id, () => scribe.text().insert(0, "x"));
  }
  scribe.at = 60_000;
  scribe.log("ended", null);
  return new Player(scribe.track());
}

test("it plays as fast as it is told, and stops at the end", () => {
  const played = player();
  played.play();
  vi.advanceTimersByTime(2100);
  expect(played.state().at).toBeGreaterThan(1900);
  expect(played.state().at).toBeLessThan(2150);
  expect(played.state().code.files[0]?.text).toBe(`${"x".repeat(Math.floor(played.state().at / 500))}pass\n`);
  played.setSpeed(4);
  vi.advanceTimersByTime(1000);
  expect(played.state().at).toBeGreaterThan(5500);
  expect(played.state().at).toBeLessThan(6400);
  vi.advanceTimersByTime(20_000);
  expect(played.state()).toMatchObject({ at: 60_000, playing: false, count: 21 });
  expect(vi.getTimerCount()).toBe(0);
});

test("at its end it begins anew", () => {
  const played = player();
  played.seek(60_000);
  played.toggle();
  expect(played.state()).toMatchObject({ at: 0, playing: true });
  played.toggle();
  expect(played.state().playing).toBe(false);
});

test("idle time is a second long, or as long as it was", () => {
  const played = player();
  played.seek(10_000);
  played.play();
  vi.advanceTimersByTime(1500);
  expect(played.state().at).toBe(60_000);
  played.setSkipIdle(false);
  played.seek(10_000);
  played.play();
  vi.advanceTimersByTime(1500);
  expect(played.state().at).toBeLessThan(11_600);
});

test("it steps from change to change and jumps from moment to moment", () => {
  const played = player();
  const counts = [1, 1, -1, -1, -1, 1].map((by) => {
    played.step(by as 1 | -1);
    return played.state().count;
  });
  expect(counts).toEqual([2, 3, 2, 1, 1, 2]);
  const { moments } = played.track;
  expect(played.jump(moments, 1)?.what).toBe("ended");
  expect(played.state().at).toBe(60_000);
  expect(played.jump(moments, 1)).toBeUndefined();
  played.skip(-1e9);
  expect(played.state().at).toBe(0);
});
