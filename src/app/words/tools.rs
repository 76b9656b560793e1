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
pub(crate) const WHOLE: &str = "(cả định nghĩa)";
pub(crate) const FORM: &str = "Biểu mẫu";
pub(crate) const STEP: &str = "Bước {0}: {1}";
pub(crate) const ALL_GOOD: &str = "Các câu trả lời đã hợp lệ.";
pub(crate) const SUBMITTED: &str = "Dữ liệu sẽ nộp";
