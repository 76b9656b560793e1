//! Sentences of the tools for people who write forms: in Vietnamese only, and only in the wasm of those tools.

pub(crate) const TITLE: &str = "Xem thử biểu mẫu";
pub(crate) const LEAD: &str =
    "Dán định nghĩa Form.io (JSON) vào ô dưới đây. Trang này chỉ để thử: không có gì được lưu hay gửi đi.";
pub(crate) const DEFINITION: &str = "Định nghĩa (JSON)";
pub(crate) const SHOW: &str = "Hiện biểu mẫu";
pub(crate) const CHECK: &str = "Kiểm tra câu trả lời";
pub(crate) const FINDINGS: &str = "Nhận xét về định nghĩa";
pub(crate) const NO_FINDINGS: &str = "Đọc được toàn bộ định nghĩa.";
pub(crate) const NOT_READ: &str =
    "Chưa hiện được biểu mẫu. Mỗi dòng là một chỗ cần sửa: vị trí trong định nghĩa và tên lỗi.";
pub(crate) const REFUSED: &str = "Chỗ cần sửa";
pub(crate) const ODDITIES: &str = "Chỗ nên xem lại";
pub(crate) const ODD: &str = "Có {0} chỗ nên xem lại. Không phải chỗ nào cũng sai: bạn xem từng dòng.";
pub(crate) const LOOKING: &str = "Đang tìm chỗ nên xem lại…";
pub(crate) const NOT_LOOKED: &str =
    "Chưa tìm được chỗ nên xem lại. Bạn kiểm tra mạng rồi bấm “Hiện biểu mẫu” một lần nữa.";
pub(crate) const NOTHING_ODD: &str = "Không thấy chỗ nào nên xem lại.";
pub(crate) const MISTAKE: &str = "Có lẽ sai";
pub(crate) const REMARK: &str = "Lưu ý";
pub(crate) const NEVER_SHOWN: &str = "Không câu trả lời nào làm phần này hiện ra.";
pub(crate) const REQUIRED_BUT_HIDDEN: &str = "Bắt buộc nhưng luôn ẩn, nên không ai được hỏi.";
pub(crate) const EMPTY_STEP: &str = "Bước này không có gì bên trong.";
pub(crate) const UNKNOWN_REFERENCE: &str = "Không có trường nào tên là “{0}”.";
pub(crate) const IMPOSSIBLE_VALUE: &str = "So với “{0}”, nhưng trường đó không có lựa chọn này.";
pub(crate) const LATER_STEP: &str = "Phụ thuộc vào “{0}”, được hỏi ở bước sau.";
pub(crate) const CYCLE: &str = "Các trường phụ thuộc vòng quanh nhau: {0}.";
pub(crate) const DUPLICATE_KEY: &str =
    "Đã có một trường cùng tên (key) ở cùng chỗ; hai trường dùng chung một câu trả lời.";
pub(crate) const REPEATED_KEY: &str = "Có nhiều trường tên là “{0}”; trường đầu tiên được dùng.";
pub(crate) const MISSING_LABEL: &str = "Trường này chưa có nhãn.";
pub(crate) const NO_OPTIONS: &str = "Chưa có lựa chọn nào.";
pub(crate) const REPEATED_OPTION: &str = "Hai lựa chọn cùng có giá trị “{0}”.";
pub(crate) const IMPOSSIBLE_LIMITS: &str = "Giới hạn {0} làm cho không câu trả lời nào hợp lệ.";
pub(crate) const SLOW_PATTERN: &str =
    "Biểu thức này có thể làm treo các trình duyệt khác; ở đây nó được so trong thời gian tuyến tính.";
pub(crate) const DROPPED_MARKUP: &str = "Thẻ <{0}> không được hiện.";
pub(crate) const MISSING_TRANSLATION: &str = "Chưa có bản dịch của {0}.";
pub(crate) const WHOLE: &str = "(cả định nghĩa)";
pub(crate) const FORM: &str = "Biểu mẫu";
pub(crate) const STEP: &str = "Bước {0}: {1}";
pub(crate) const ALL_GOOD: &str = "Các câu trả lời đã hợp lệ.";
pub(crate) const SUBMITTED: &str = "Dữ liệu sẽ nộp";
