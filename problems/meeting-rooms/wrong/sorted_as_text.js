// verdict: wrong_answer
// sort() without a comparison puts 1000 before 90.
function minRooms(meetings) {
  const starts = meetings.map(([start]) => start).sort();
  const ends = meetings.map(([, end]) => end).sort();
  let rooms = 0;
  let freed = 0;
  for (const start of starts) {
    if (ends[freed] <= start) freed++;
    else rooms++;
  }
  return rooms;
}
