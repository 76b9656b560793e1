//! Definition HTML becomes closed blocks; what is not known becomes text or nothing.

use forms::{AnswerPlace, Block, DataPath, Inline, Link, RichText};

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    Block::Paragraph(inlines)
}

#[track_caller]
#[allow(clippy::needless_pass_by_value)] // So that each case is one line.
fn check(html: &str, expected: Vec<Block>) {
    assert_eq!(RichText::parse(html).blocks, expected, "{html}");
}

fn answer(places: &[(&str, &str)], otherwise: &str) -> Inline {
    let place = |(root, path): &(&str, &str)| AnswerPlace {
        in_row: *root == "row",
        path: DataPath::parse(path).expect("a path of this test"),
    };
    Inline::Answer { places: places.iter().map(place).collect(), otherwise: otherwise.to_owned() }
}

#[test]
fn answers_stand_in_the_text_as_text() {
    check("Năm {{ data.year }}.", vec![paragraph(vec![text("Năm "), answer(&[("data", "year")], ""), text(".")])]);
    check(
        "<b>{{row.name || data.home?.city || '-'}}</b> và {{data.a}}{{ data.b[0].c }}",
        vec![paragraph(vec![
            Inline::Strong(vec![answer(&[("row", "name"), ("data", "home.city")], "-")]),
            text(" và "),
            answer(&[("data", "a")], ""),
            answer(&[("data", "b[0].c")], ""),
        ])],
    );
    // Neither code nor half a place is shown or run.
    check("{{ data.list.at(-1).x || \"không\" }}", vec![paragraph(vec![answer(&[], "không")])]);
    check("{{ data.a ? 'x' : 'y' }}", vec![paragraph(vec![answer(&[], "")])]);
    check("{{ alert(1) }}", vec![paragraph(vec![answer(&[], "")])]);
    check("a {{ data.b", vec![paragraph(vec![text("a {{ data.b")])]);
    check("<i class='{{ data.c }}'>x</i>", vec![paragraph(vec![Inline::Emphasis(vec![text("x")])])]);
}

#[test]
fn known_tags_become_blocks_and_inlines() {
    check("", vec![]);
    check("Xin chào", vec![paragraph(vec![text("Xin chào")])]);
    check("<p>Một</p>\n<p>Hai</p>", vec![paragraph(vec![text("Một")]), paragraph(vec![text("Hai")])]);
    check("<p>a<br>b</p>", vec![paragraph(vec![text("a"), Inline::Break, text("b")])]);
    check(
        "<p>Nộp <strong>bản <em>chính</em></strong> và <u>bản sao</u></p>",
        vec![paragraph(vec![
            text("Nộp "),
            Inline::Strong(vec![text("bản "), Inline::Emphasis(vec![text("chính")])]),
            text(" và "),
            Inline::Underline(vec![text("bản sao")]),
        ])],
    );
    check("<h2>Đầu đề</h2><p>x</p>", vec![Block::Heading(2, vec![text("Đầu đề")]), paragraph(vec![text("x")])]);
    check("<h1>x</h1><h6>y</h6>", vec![Block::Heading(2, vec![text("x")]), Block::Heading(5, vec![text("y")])]);
    check(
        "<ul><li>a</li><li>b <b>c</b></li></ul><ol><li>d</li></ol>",
        vec![
            Block::List {
                numbered: false,
                items: vec![vec![text("a")], vec![text("b "), Inline::Strong(vec![text("c")])]],
            },
            Block::List { numbered: true, items: vec![vec![text("d")]] },
        ],
    );
    check(
        "a &amp; b &lt;c&gt; &#8211; &#x1EA1; &nbsp;d &unknown; &",
        vec![paragraph(vec![text("a & b <c> – ạ \u{a0}d &unknown; &")])],
    );
}

#[test]
fn links_lead_to_known_schemes_only() {
    let link = Link::parse("https://cantho.gov.vn").expect("a link");
    check(
        r#"<a href="https://cantho.gov.vn" onclick="x()">cổng</a>"#,
        vec![paragraph(vec![Inline::Link(link, vec![text("cổng")])])],
    );
    for address in [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "http://a.vn",
        "//a.vn",
        "/x",
        "",
        "https:// x",
        "java\nscript:x",
    ] {
        check(&format!("<a href='{address}'>x</a>"), vec![paragraph(vec![text("x")])]);
    }
    assert!(Link::parse("tel:02923812345").is_some());
    assert!(Link::parse("mailto:a@b.vn").is_some());
}

#[test]
fn what_is_not_known_is_left_out_and_its_text_stays() {
    check("<div><span style='x'>a</span></div>", vec![paragraph(vec![text("a")])]);
    check("<img src=x onerror=alert(1)>b", vec![paragraph(vec![text("b")])]);
    check("<script>alert(1)</script>c<style>p{}</style>", vec![paragraph(vec![text("c")])]);
    check("a<!-- <b>x</b> -->b", vec![paragraph(vec![text("a"), text("b")])]);
    check("2 < 3 và 4 > 3", vec![paragraph(vec![text("2 "), text("<"), text(" 3 và 4 > 3")])]);
    check("<strong>chưa đóng", vec![paragraph(vec![Inline::Strong(vec![text("chưa đóng")])])]);
    check("</strong>x</p></ul>", vec![paragraph(vec![text("x")])]);
    check("<script>không đóng", vec![]);
}

#[test]
fn hostile_text_takes_no_longer_than_its_length_allows() {
    for piece in ["<a \"", "&", "<", "<b>", "<script></scrip", "<script></script>", "<a href", "</"] {
        let html = piece.repeat(200_000 / piece.len());
        let _ = RichText::parse(&html);
    }
}
