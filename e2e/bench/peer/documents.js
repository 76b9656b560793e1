// The bench's page: makes a photograph, has it decoded by the browser and looked at by the worker, and takes the time.
"use strict";

/** Waits for the next message of a worker that `wanted` takes. */
const answerOf = (worker, wanted) =>
  new Promise((resolve) => {
    const listen = ({ data }) => {
      const answer = wanted(data);
      if (answer === undefined) return;
      worker.removeEventListener("message", listen);
      resolve(answer);
    };
    worker.addEventListener("message", listen);
  });
const said = (data) => (typeof data === "string" ? JSON.parse(data) : undefined);

const REQUIREMENT = { accepts: ["image/jpeg", "image/png", "application/pdf"], maxBytes: 100_000_000 };
let worker;
let number = 0;

window.bench = {
  /** A page of print on a table, a little turned, under uneven light, with a sensor's noise: the bytes of a JPEG. */
  async picture(width, height) {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    context.fillStyle = "#6b5038";
    context.fillRect(0, 0, width, height);
    context.translate(width / 2, height / 2);
    context.rotate(0.03);
    context.fillStyle = "#e9e6df";
    const [across, down] = [0.8 * height * 0.707, 0.8 * height];
    context.fillRect(-across / 2, -down / 2, across, down);
    context.fillStyle = "#26262c";
    context.font = `${Math.round(down / 60)}px serif`;
    for (let line = 0; line < 44; line += 1) {
      const text = `Điều ${line + 1}. Cơ quan tiếp nhận hồ sơ trả kết quả đúng hẹn cho người dân ${line * 7919}`;
      context.fillText(text, -across * 0.44, -down * 0.44 + (line * down) / 49, across * 0.88);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    const light = context.createLinearGradient(0, 0, width, height);
    light.addColorStop(0, "rgba(0, 0, 0, 0)");
    light.addColorStop(1, "rgba(0, 0, 0, 0.35)");
    context.fillStyle = light;
    context.fillRect(0, 0, width, height);
    const image = context.getImageData(0, 0, width, height);
    let random = 1;
    for (let at = 0; at < image.data.length; at += 4) {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) | 0;
      const noise = (random >>> 28) - 8;
      image.data[at] += noise;
      image.data[at + 1] += noise;
      image.data[at + 2] += noise;
    }
    context.putImageData(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    return new Uint8Array(await blob.arrayBuffer());
  },

  /** Starts the worker. */
  async start() {
    worker = new Worker("measured.js");
    await answerOf(worker, (data) => (said(data)?.say === "ready" ? true : undefined));
  },

  /** Milliseconds of the browser's own decode. */
  async decode(bytes) {
    const blob = new Blob([bytes], { type: "image/jpeg" });
    const began = performance.now();
    const bitmap = await createImageBitmap(blob);
    const took = performance.now() - began;
    bitmap.close();
    return took;
  },

  /** Milliseconds from the file, as an input hands it out, to the first answer and to the last. */
  async inspect(bytes) {
    number += 1;
    const file = new File([bytes], "anh.jpg", { type: "image/jpeg" });
    const began = performance.now();
    const buffer = await file.arrayBuffer();
    const question = { ask: "inspect", number, requirement: REQUIREMENT, name: file.name, declaredType: file.type };
    let first;
    const all = answerOf(worker, (data) => {
      const answer = said(data);
      if (answer?.number !== number) return undefined;
      first ??= performance.now() - began;
      return answer.say === "inspected" ? answer : undefined;
    });
    worker.postMessage({ ask: JSON.stringify(question), files: [buffer] }, [buffer]);
    const { report } = await all;
    return { first, all: performance.now() - began, findings: report.findings.map((it) => it.code) };
  },

  /** Bytes of the worker's WebAssembly memory. */
  async memory() {
    const answer = answerOf(worker, (data) => data?.memory);
    worker.postMessage("memory");
    return answer;
  },

  /** Milliseconds of the worker's look at a frame of a camera, and the texts it read in it. */
  async look(pixels) {
    number += 1;
    const frame = await createImageBitmap(pixels);
    const began = performance.now();
    const answer = answerOf(worker, (data) => (said(data)?.number === number ? said(data) : undefined));
    worker.postMessage({ ask: JSON.stringify({ ask: "look", number, requirement: REQUIREMENT }), frame }, [frame]);
    const { report } = await answer;
    return { took: performance.now() - began, texts: report?.qr ?? [] };
  },
};
