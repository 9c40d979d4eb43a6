using TraceGrains.Domain.Access;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.SignIn;

/// <summary>Roles and rights in words that people read.</summary>
static class RoleWords
{
    public static string Of(Role role, PageWords words) => role switch
    {
        Role.Device => words.Of("设备", "Device"),
        Role.Reporter => words.Of("企业填报员", "Reporter"),
        Role.Quality => words.Of("企业质量负责人", "Quality officer"),
        Role.EnterpriseAdmin => words.Of("企业管理员", "Enterprise administrator"),
        Role.DistrictRegulator => words.Of("区县监管人员", "District regulator"),
        Role.CityRegulator => words.Of("市级监管人员", "City regulator"),
        Role.Administrator => words.Of("系统管理员", "Administrator"),
        Role.Auditor => words.Of("审计员", "Auditor"),
        Role.Trusted => words.Of("任何人（访问控制已关闭）", "Anybody: access control is off"),
        _ => words.Of("访客", "Visitor"),
    };

    public static string Of(Right right, PageWords words) => right switch
    {
        Right.ReadPublic => words.Of("识别编码，查看公开的产品履历和召回", "Identify codes, read public stories of goods and recalls"),
        Right.ReadCustody => words.Of("查看事件、库存状态、谱系和主数据", "Read events, standings, lineage and master data"),
        Right.Capture => words.Of("上报事件", "Report events"),
        Right.AskMove => words.Of("查询货物能否放行", "Ask whether goods may move"),
        Right.Hold => words.Of("封存和解封货物", "Hold goods and release them"),
        Right.AnswerRecall => words.Of("确认和答复召回", "Acknowledge recalls and answer them"),
        Right.ReadRecallCase => words.Of("查看召回案卷", "Read recall files"),
        Right.RunRecall => words.Of("启动、发布、调整和终止召回", "Open, issue, change and close recalls"),
        Right.Weigh => words.Of("物料平衡与召回推演", "Balances and dry runs"),
        Right.Supervise => words.Of("查看违规记录", "See violations"),
        Right.IssueSerials => words.Of("申领序列号", "Have serial numbers made"),
        Right.ManageKeys => words.Of("管理设备密钥", "Manage keys of machines"),
        Right.Share => words.Of("向合作方授权共享", "Share with partners"),
        Right.RegisterEnterprises => words.Of("登记企业编码", "Register enterprises"),
        Right.Operate => words.Of("运行维护", "Operate the system"),
        Right.ReadAudit => words.Of("查看审计日志", "Read the audit log"),
        _ => right.ToString(),
    };

    public static string Of(Reach reach, PageWords words) => reach switch
    {
        Reach.Own => words.Of("本企业", "own enterprise"),
        Reach.District => words.Of("本辖区", "own district"),
        Reach.All => words.Of("全部", "everything"),
        _ => words.Of("无", "none"),
    };
}
