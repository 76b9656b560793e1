"""Runs `inspect` over the corpus and compares: judge.py INSPECT FOLDER [--half tune|report] [--wrong].

Prints the table of recall and of clean files warned, of kinds, and of codes, and fails where the promises of ARCHITECTURE
are not kept: recall of at least 90 % per finding, at most 2 % of clean files warned, none blocked; every kind named and
every fault told; 95 % of the codes read and no wrong text."""

import json
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Judged from pixels; of another fault they may come with it, but not of a clean file.
FROM_PIXELS = ("lowResolution", "blurred", "tooDark", "tooBright", "glare", "lowContrast", "cutOff", "skewed", "screenshot")


def inspect(program, files):
    lines = subprocess.run([program, *files], capture_output=True, text=True, check=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def codes_of(line):
    """What was found in a file, but for the kind, which the plain paper of `inspect` does not accept."""
    return {it["code"] for it in line["findings"]} - {"kindNotAccepted"}


def judge_kinds(program, folder, check):
    """Every kind is named, what is wrong is told, and nothing is said of what is right."""
    labels = json.loads((folder / "kinds.json").read_text())
    seen = {Path(line["file"]).name: line for line in inspect(program, [str(folder / "kinds" / it["file"]) for it in labels])}
    print(f"\nkinds: {len(labels)} files")
    print(f"{'kind':<72}{'files':>6}{'named':>7}{'faults':>8}{'told':>6}{'clean blocked':>15}")
    by_kind = defaultdict(list)
    for label in labels:
        by_kind[label["kind"] or "(any)"].append(label)
    for kind, group in sorted(by_kind.items()):
        named = [it for it in group if kind in ("(any)", seen[it["file"]]["kind"])]
        faulty = [it for it in group if it["expected"]]
        # Of a file whose signature is gone no kind is left to name.
        lost = lambda it: {"kind"} if seen[it["file"]]["kind"] == "application/octet-stream" else set()
        told = [it for it in faulty if all(set(code.split("|")) & (codes_of(seen[it["file"]]) | lost(it)) for code in it["expected"])]
        wrong = [it["file"] for it in group if not it["expected"] and codes_of(seen[it["file"]])]
        print(f"{kind:<72}{len(group):>6}{len(named):>7}{len(faulty):>8}{len(told):>6}{len(wrong):>15}")
        check(len(named) == len(group), f"{kind} is named: {[it['file'] for it in group if it not in named]}")
        check(len(told) == len(faulty), f"faults of {kind} are told: {[it['file'] for it in faulty if it not in told]}")
        check(not wrong, f"nothing is said of a right file of {kind}: {wrong}")


def judge_codes(program, folder, check):
    """QR codes are read as they were written, or not at all."""
    labels = json.loads((folder / "codes.json").read_text())
    seen = {Path(line["file"]).name: line["qr"] for line in inspect(program, [str(folder / "codes" / it["file"]) for it in labels])}
    read = [it for it in labels if it["text"] in seen[it["file"]]]
    wrong = [it["file"] for it in labels if set(seen[it["file"]]) - {it["text"]}]
    print(f"\ncodes: {len(labels)} photographs of cards, read in {len(read)}, with a wrong text in {len(wrong)}")
    check(len(read) >= 0.95 * len(labels), f"codes are read: {[it['file'] for it in labels if it not in read]}")
    check(not wrong, f"no wrong text is read: {wrong}")


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    half = sys.argv[sys.argv.index("--half") + 1] if "--half" in sys.argv else "report"
    labels = json.loads((folder / "labels.json").read_text())
    by_paper = defaultdict(list)
    for label in labels:
        by_paper[label.get("paper")].append(label["file"])
    batches = []
    for paper, files in by_paper.items():
        option = ["--paper", paper] if paper else []
        batches += [option + [str(folder / name) for name in files[at : at + 12]] for at in range(0, len(files), 12)]
    with ThreadPoolExecutor(2) as pool:
        seen = {Path(line["file"]).name: line for batch in pool.map(lambda it: inspect(program, it), batches) for line in batch}

    checks = [0, 0]

    def check(ok, sentence):
        checks[0 if ok else 1] += 1
        if not ok:
            print(f"not so: {sentence}")

    for side in ("tune", "report"):
        if side != half and "--both" not in sys.argv:
            continue
        chosen = [label for label in labels if label["half"] == side]
        clean = [label for label in chosen if label["expected"] == []]
        print(f"\n{side}: {len(chosen)} files, {len(clean)} clean")
        print(f"{'finding':<16}{'files':>6}{'found':>7}{'recall':>9}{'clean warned':>14}")
        warned_any = set()
        for code in FROM_PIXELS:
            having = [label for label in chosen if code in label["expected"]]
            hit = [it for it in having if code in {f["code"] for f in seen[it["file"]]["findings"]}]
            wrong = [it["file"] for it in clean if code in {f["code"] for f in seen[it["file"]]["findings"]}]
            warned_any.update(wrong)
            recall = len(hit) / max(len(having), 1)
            print(f"{code:<16}{len(having):>6}{len(hit):>7}{recall:>9.1%}{len(wrong):>14}")
            if side == "report":
                check(having and recall >= 0.9, f"{code} is found in at least nine of ten files")
            if "--wrong" in sys.argv:
                for it in having:
                    if it not in hit:
                        print("    missed", it["file"], seen[it["file"]]["scores"], [f["code"] for f in seen[it["file"]]["findings"]])
                for name in wrong:
                    print("    wrongly", name, seen[name]["scores"])
        blocked = [it["file"] for it in clean if any(f["severity"] == "blocks" for f in seen[it["file"]]["findings"])]
        print(f"clean files warned: {len(warned_any)} of {len(clean)} ({len(warned_any) / max(len(clean), 1):.1%}), blocked: {len(blocked)}")
        if side == "report":
            check(len(warned_any) <= 0.02 * len(clean), f"at most 2 % of clean files are warned: {sorted(warned_any)}")
            check(not blocked, f"no clean file is blocked: {blocked}")
            check(len(labels) >= 300, "the corpus has at least 300 files")
    judge_kinds(program, folder, check)
    judge_codes(program, folder, check)
    print(f"{checks[0]} passed, {checks[1]} failed")
    sys.exit(1 if checks[1] else 0)


if __name__ == "__main__":
    main()
