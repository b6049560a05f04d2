/** Pixels of the picture we send; the server makes it 256 for everybody. */
const SIDE = 512;
const QUALITY = 0.9;

/** The middle square of a picture as a small `data:` address: what is shown beforehand is what will be seen. */
export async function squarePicture(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.min(side, SIDE);
  const context = canvas.getContext("2d");
  if (!context || side === 0) throw new Error("no canvas, or an empty picture");
  const left = (picture.width - side) / 2;
  const top = (picture.height - side) / 2;
  context.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas.toDataURL("image/webp", QUALITY);
}
