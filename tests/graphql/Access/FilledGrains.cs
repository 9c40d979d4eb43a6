using System.Collections;
using System.Reflection;
using System.Text;
using TraceGrains.Contracts.Access;

namespace TraceGrains.GraphQL.Tests.Access;

/// <summary>
/// Grains whose every answer is full, and in which every text says where it came from: <c>far:{type}.{property}</c>. So whatever reaches a caller can be told from what was kept back, field by field.
/// Of parties and things the caller knows none.
/// </summary>
sealed class FilledGrains
{
    /// <summary>How every text of an answer begins.</summary>
    public const string Start = "far:";

    /// <summary>A party, place and thing that no caller of these tests knows.</summary>
    public const string Party = "urn:far:party", Thing = "urn:far:thing";

    static readonly byte[] eventJson = Encoding.UTF8.GetBytes($$"""
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"ObjectEvent","eventID":"urn:uuid:1","eventTime":"2026-01-01T00:00:00Z","eventTimeZoneOffset":"+00:00","action":"OBSERVE",
        "epcList":["{{Thing}}"],"readPoint":{"id":"{{Party}}"},"bizLocation":{"id":"{{Party}}"},"sourceList":[{"type":"possessing_party","source":"{{Party}}"}]}
        """);

    public static IGrainFactory Factory { get; } = DispatchProxy.Create<IGrainFactory, FactoryProxy>();

    public class FactoryProxy : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var type = targetMethod!.GetGenericArguments()[0];
            if (type == typeof(IRegistrationGrain)) return new Stranger((string)args![0]!);
            return typeof(DispatchProxy).GetMethod(nameof(Create), 2, [])!.MakeGenericMethod(type, typeof(GrainProxy)).Invoke(null, null);
        }
    }

    /// <summary>An enterprise that has met nobody.</summary>
    sealed class Stranger(string party) : IRegistrationGrain
    {
        public Task<RegistrationView> View() => Task.FromResult(new RegistrationView { Party = party, Keys = ["urn:mine:"] });
        public Task<RegistrationView> Register(string name, string[] keys, Domain.Access.Caller by) => View();
        public Task<bool[]> Knows(string[] parties) => Task.FromResult(parties.Select(IsMine).ToArray());
        public Task<bool[]> Handled(string[] things) => Task.FromResult(things.Select(IsMine).ToArray());
        static bool IsMine(string code) => code.StartsWith("urn:mine:", StringComparison.Ordinal);
    }

    public class GrainProxy : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var returned = targetMethod!.ReturnType;
            if (returned == typeof(Task)) return Task.CompletedTask;
            var value = Full(returned.GetGenericArguments()[0], targetMethod.Name, 0);
            // A question about several things has an answer for each.
            if (args is [Array { Length: > 1 } asked, ..] && value is Array { Length: 1 } answers)
            {
                var all = Array.CreateInstance(answers.GetType().GetElementType()!, asked.Length);
                for (var i = 0; i < asked.Length; i++) all.SetValue(answers.GetValue(0), i);
                value = all;
            }
            return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(returned.GetGenericArguments()[0]).Invoke(null, [value]);
        }
    }

    static object? Full(Type type, string origin, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return origin == "CaseEntryView.Entry" ? $$"""{"kind":"issued","of":"{{Start}}{{origin}}"}""" : Start + origin;
        if (type == typeof(byte[])) return eventJson;
        if (type == typeof(bool)) return true;
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.UnixEpoch;
        if (type == typeof(DateOnly)) return new DateOnly(2026, 1, 1);
        if (type == typeof(TimeSpan)) return TimeSpan.FromHours(1);
        if (type == typeof(Guid)) return Guid.Empty;
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().OrderBy(one => Convert.ToInt64(one, System.Globalization.CultureInfo.InvariantCulture)).First(one => Convert.ToInt64(one, System.Globalization.CultureInfo.InvariantCulture) > 0);
        if (type.IsPrimitive || type == typeof(decimal)) return Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);
        if (depth > 6) return null;
        if (type.IsArray)
        {
            var many = Array.CreateInstance(type.GetElementType()!, 1);
            many.SetValue(Full(type.GetElementType()!, origin, depth + 1), 0);
            return many;
        }
        if (type.IsGenericType && typeof(IDictionary).IsAssignableFrom(type)) return Activator.CreateInstance(type);
        if (type.IsGenericType && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0])))
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]))!;
            list.Add(Full(type.GetGenericArguments()[0], origin, depth + 1));
            return list;
        }
        var constructor = type.GetConstructors().OrderBy(one => one.GetParameters().Length).FirstOrDefault();
        if (constructor is null && !type.IsValueType) return null;
        var made = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Full(parameter.ParameterType, $"{type.Name}.{parameter.Name}", depth + 1))]);
        // An answer that was refused, or that names a mistake, has nothing else to say.
        foreach (var property in type.GetProperties().Where(one => one.CanWrite && one.GetIndexParameters().Length == 0 && !(type.GetProperty("Refused") is not null && one.Name is "Refused" or "Message") && !(one.Name.StartsWith("Problem", StringComparison.Ordinal) || one.Name == "Unknown")))
            property.SetValue(made, Full(property.PropertyType, $"{type.Name}.{property.Name}", depth + 1));
        return made;
    }
}
